package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ListeningPortTest {
    private static final BindException TAKEN = new BindException("Address already in use");

    @Test
    void a_port_that_is_taken_is_named_with_the_option_that_chooses_another() {
        var options = ServerOptions.defaults().withAddress("127.0.0.1", OptionalInt.of(8123));

        assertThat(ListeningPort.refused(options, TAKEN))
                .hasMessage("cannot listen at 127.0.0.1, port 8123: address already in use;"
                        + " choose another with --port, or 0 for any free one");
    }

    @Test
    void where_no_port_was_asked_for_the_option_is_named_too() {
        assertThat(ListeningPort.refused(ServerOptions.defaults(), TAKEN))
                .hasMessageContainingAll("port 7860 or one of those after it", "already in use", "--port");
    }

    @Test
    void a_host_that_is_not_this_machine_is_not_mended_with_another_port() {
        var unknown = new UnknownHostException("there is no such host");

        assertThat(ListeningPort.refused(ServerOptions.defaults().withAddress("nowhere", OptionalInt.empty()), unknown))
                .hasMessage("cannot listen at nowhere: there is no such host; choose another with --host");
    }
}
