package dev.confab.ui.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.ui.http.PageDefinition.Network;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningPortTest {
    private static final String HERE = "127.0.0.1";
    /** One of those that are set aside for examples (RFC 5737), so that no machine has it. */
    private static final String ELSEWHERE = "192.0.2.1";

    @Test
    void theNextFreePortIsTakenWhereThatIsAllowed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (ServerSocketChannel next = ListeningPort.open(network(HERE, taken.getLocalPort(), true))) {
                assertThat(next.socket().getLocalPort()).isGreaterThan(taken.getLocalPort());
            }
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> ListeningPort.open(network(HERE, port, false)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(HERE, "port " + port, "in use", "choose another");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNotMendedWithAnotherPort() {
        for (boolean nextFree : new boolean[] {true, false}) {
            assertThatThrownBy(() -> ListeningPort.open(network(ELSEWHERE, 7860, nextFree)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("cannot listen at " + ELSEWHERE + ": this machine has no such address");
        }
    }

    private static Network network(String host, int port, boolean nextFree) {
        return new Network(host, port, nextFree, "", List.of(), List.of(), true);
    }
}
