package dev.confab.dialogue.filter;

/**
 * A place in a text that a filter objects to.
 *
 * @param start where it begins
 * @param end where it ends, exclusive
 * @param mask what to put there if it is masked
 * @param reason the rule that it breaks
 */
record Finding(int start, int end, String mask, String reason) {}
