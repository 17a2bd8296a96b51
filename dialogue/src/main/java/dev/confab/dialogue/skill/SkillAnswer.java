package dev.confab.dialogue.skill;

/**
 * What a skill answered.
 *
 * @param skill the skill's name
 * @param text one or two sentences for the person, also where the skill failed
 * @param failed whether the skill could not do what it was asked; the reason is in the log
 */
public record SkillAnswer(String skill, String text, boolean failed) {}
