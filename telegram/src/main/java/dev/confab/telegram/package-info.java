/**
 * A chatbot on Telegram: updates in, by long polling or webhook, replies and GIFs out.
 *
 * <p>Entry type: {@link dev.confab.telegram.TelegramBot}, which runs on threads of its own until it is closed. Each chat's
 * updates are answered in order, many chats at once.
 */
@NullMarked
package dev.confab.telegram;

import org.jspecify.annotations.NullMarked;
