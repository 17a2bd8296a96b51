/**
 * Decides what may be said: by the person, before the model sees it, and by the chatbot, before anybody sees it.
 *
 * <p>Entry types: {@link dev.confab.dialogue.filter.TextFilter}, which looks at one text, and its
 * {@link dev.confab.dialogue.filter.FilterResult}. All filters are immutable, usable from any thread, and quick enough
 * for every reply; a {@link dev.confab.dialogue.filter.TextClassifier} is as quick as the model behind it.
 */
@NullMarked
package dev.confab.dialogue.filter;

import org.jspecify.annotations.NullMarked;
