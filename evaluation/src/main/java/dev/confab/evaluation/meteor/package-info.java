/**
 * METEOR 1.5 for English, without its table of paraphrases: words match where they are equal, have the same stem, or share
 * a meaning in WordNet (Denkowski and Lavie 2014, "Meteor Universal: Language Specific Translation Evaluation for Any
 * Target Language").
 *
 * <p>Entry type: {@link dev.confab.evaluation.meteor.Meteor}. What is public is immutable and usable from any thread.
 */
@NullMarked
package dev.confab.evaluation.meteor;

import org.jspecify.annotations.NullMarked;
