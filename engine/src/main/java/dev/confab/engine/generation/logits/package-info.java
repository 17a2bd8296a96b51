/**
 * What may change the scores of the next token before one is chosen: penalties, bans and filters, one per file.
 *
 * <p>Entry type: {@link dev.confab.engine.generation.logits.LogitsProcessor}. Each class follows the processor of the
 * Python library transformers 4.45.1 that its Javadoc names; {@code LogitsProcessorsTest} compares every one of them
 * with that library's own results. They know nothing of models, configuration or search.
 *
 * <p>A processor keeps scratch memory, so it belongs to one generation and one thread.
 */
@NullMarked
package dev.confab.engine.generation.logits;

import org.jspecify.annotations.NullMarked;
