/**
 * A chatbot as one of LangChain4j's models.
 *
 * <p>Entry types: {@link dev.confab.langchain4j.ConfabChatModel} and
 * {@link dev.confab.langchain4j.ConfabStreamingChatModel}. Both are usable from any thread.
 */
@NullMarked
package dev.confab.langchain4j;

import org.jspecify.annotations.NullMarked;
