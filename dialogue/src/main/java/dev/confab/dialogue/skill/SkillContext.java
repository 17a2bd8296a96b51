package dev.confab.dialogue.skill;

import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/**
 * Where and when something is said.
 *
 * @param zone the time zone of the person who asks
 * @param locale the language and country of that person, for the way that numbers and dates are written
 * @param conversationId names the conversation
 * @param clock tells the time
 */
public record SkillContext(ZoneId zone, Locale locale, String conversationId, InstantSource clock) {
    /**
     * The time zone and locale of this machine, and its clock.
     *
     * @param conversationId names the conversation
     */
    public static SkillContext ofSystem(String conversationId) {
        return new SkillContext(ZoneId.systemDefault(), Locale.getDefault(), conversationId, InstantSource.system());
    }

    /** What the clock shows in the person's time zone. */
    public ZonedDateTime now() {
        return clock.instant().atZone(zone);
    }
}
