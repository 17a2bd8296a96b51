package dev.confab.telegram.gif;

import java.net.URI;

/**
 * A GIF.
 *
 * @param animation where it is, in a size that suits a chat
 * @param title what Giphy calls it; perhaps empty
 */
public record Gif(URI animation, String title) {}
