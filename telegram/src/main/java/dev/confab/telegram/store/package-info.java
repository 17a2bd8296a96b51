/**
 * What a Telegram bot keeps: the updates that wait for an answer, and the conversation and settings of each chat. It is
 * what lets a bot that was killed go on, without a message lost and none answered twice.
 *
 * <p>Entry type: {@link dev.confab.telegram.store.BotStore}. Stores are used by many threads at the same time.
 */
@NullMarked
package dev.confab.telegram.store;

import org.jspecify.annotations.NullMarked;
