/**
 * Who may use a page: names, passwords, and logins that last.
 *
 * <p>Entry type: {@link dev.confab.ui.account.Accounts}, which may be used by any thread.
 */
@NullMarked
package dev.confab.ui.account;

import org.jspecify.annotations.NullMarked;
