/**
 * What outlives the server: conversations, users, keys and what users make of replies, in SQLite or PostgreSQL.
 *
 * <p>Entry type: {@link dev.confab.server.store.Database}, which a program opens once and closes at its end. All types may be used by several
 * threads at the same time, and several processes may share one PostgreSQL database.
 */
@NullMarked
package dev.confab.server.store;

import org.jspecify.annotations.NullMarked;
