package dev.confab.dialogue.skill;

import dev.confab.dialogue.resource.Resource;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The time zones of places: all cities of the time zone database, and what people call other places. */
final class TimeZones {
    private static final Map<String, ZoneId> PLACES = read();

    private TimeZones() {}

    /** The time zone of a city, a country that has only one, or an offset such as {@code UTC+2}. */
    static Optional<ZoneId> of(String place) {
        String name = place.toLowerCase(Locale.ROOT).replace(".", "").strip();
        ZoneId known = PLACES.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            return name.startsWith("utc") || name.startsWith("gmt")
                    ? Optional.of(ZoneId.of(name.toUpperCase(Locale.ROOT).replace(" ", "")))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Map<String, ZoneId> read() {
        Map<String, ZoneId> places = new HashMap<>();
        for (String id : ZoneId.getAvailableZoneIds()) {
            if (id.contains("/") && !id.startsWith("Etc/") && !id.startsWith("SystemV/")) {
                String city = id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
                places.put(city.toLowerCase(Locale.ROOT), ZoneId.of(id));
            }
        }
        for (String line : Resource.lines(TimeZones.class, "places.txt")) {
            String[] zoneAndNames = line.split(": ", 2);
            for (String name : zoneAndNames[1].split(", ", -1)) {
                places.put(name, ZoneId.of(zoneAndNames[0]));
            }
        }
        return places;
    }
}
