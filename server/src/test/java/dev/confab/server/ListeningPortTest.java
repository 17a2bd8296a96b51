package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ListeningPortTest {
    private final BindException taken = new BindException("Address already in use");

    @Test
    void aPortThatIsTakenIsNamedWithTheOptionThatChoosesAnother() {
        var options = ServerOptions.defaults().withAddress("127.0.0.1", OptionalInt.of(8123));

        assertThat(ListeningPort.refused(options, taken))
                .hasMessage("cannot listen at 127.0.0.1, port 8123: address already in use;"
                        + " choose another with --port, or 0 for any free one");
    }

    @Test
    void whereNoPortWasAskedForTheOptionIsNamedToo() {
        assertThat(ListeningPort.refused(ServerOptions.defaults(), taken))
                .hasMessageContainingAll("port 7860 or one of those after it", "already in use", "--port");
    }

    @Test
    void aHostThatIsNotThisMachineIsNotMendedWithAnotherPort() {
        var unknown = new UnknownHostException("there is no such host");

        assertThat(ListeningPort.refused(ServerOptions.defaults().withAddress("nowhere", OptionalInt.empty()), unknown))
                .hasMessage("cannot listen at nowhere: there is no such host; choose another with --host");
    }
}
