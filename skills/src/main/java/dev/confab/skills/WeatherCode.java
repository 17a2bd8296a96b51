package dev.confab.skills;

/** The World Meteorological Organization's codes for the weather (code table 4677, the part that Open-Meteo uses). */
final class WeatherCode {
    private WeatherCode() {}

    /** What the sky does, in a word or two. */
    static String describe(int code) {
        return switch (code) {
            case 0 -> "clear sky";
            case 1 -> "mostly clear sky";
            case 2 -> "some clouds";
            case 3 -> "a cloudy sky";
            case 45, 48 -> "fog";
            case 51, 53, 55 -> "drizzle";
            case 56, 57 -> "freezing drizzle";
            case 61 -> "light rain";
            case 63 -> "rain";
            case 65 -> "heavy rain";
            case 66, 67 -> "freezing rain";
            case 71 -> "light snow";
            case 73 -> "snow";
            case 75 -> "heavy snow";
            case 77 -> "snow grains";
            case 80, 81 -> "rain showers";
            case 82 -> "violent rain showers";
            case 85, 86 -> "snow showers";
            case 95 -> "a thunderstorm";
            case 96, 99 -> "a thunderstorm with hail";
            default -> "weather that I have no word for";
        };
    }
}
