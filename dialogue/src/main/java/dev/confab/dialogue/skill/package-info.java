/**
 * Answers what a language model cannot know: the time, a sum, the weather. A skill says which sentences it is meant by,
 * and answers them.
 *
 * <p>Entry type: {@link dev.confab.dialogue.skill.Skills}, which is asked before the model is. Skills are usable from any
 * thread. The skills in this package work without a network.
 */
@NullMarked
package dev.confab.dialogue.skill;

import org.jspecify.annotations.NullMarked;
