package dev.confab.ui.call;

import dev.confab.ui.component.Component;
import dev.confab.ui.component.State;

/**
 * An input or output of an endpoint.
 *
 * @param id the component's number on its page, from 1; a state that is both input and output has one number
 * @param name what the API calls it
 * @param component how it looks
 * @param optional whether a caller may leave it out and get the component's own value
 */
public record Parameter(int id, String name, Component component, boolean optional) {
    /** Whether it is a state, which no client sees. */
    public boolean isState() {
        return component instanceof State;
    }
}
