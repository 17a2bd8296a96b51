/**
 * Takes text apart as the published metrics do: cleaning and tokenisation, each exactly as its reference does it.
 *
 * <p>Entry types: {@link dev.confab.evaluation.text.DialogueCleaner}, {@link dev.confab.evaluation.text.MtevalTokenizer}.
 * Everything is stateless and usable from any thread.
 */
@NullMarked
package dev.confab.evaluation.text;

import org.jspecify.annotations.NullMarked;
