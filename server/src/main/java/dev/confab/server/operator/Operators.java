package dev.confab.server.operator;

import dev.confab.server.access.StoredAccounts;
import dev.confab.server.openai.Clients;
import dev.confab.ui.Page;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may see the operator's page: users who are operators; where nobody has to log in, whoever sits at this machine. Usable
 * from any thread.
 */
final class Operators {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    /** What proxies add: behind one, everybody seems to sit at its machine. */
    private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

    private final StoredAccounts accounts;
    private final Clients clients;

    Operators(StoredAccounts accounts, Clients clients) {
        this.accounts = accounts;
        this.clients = clients;
    }

    /** Why the page is not shown; null if it may be. */
    @Nullable
    String refusal(Context context) {
        if (accounts.needed()) {
            String user = context.attribute(Page.USER);
            return user != null && accounts.isOperator(user)
                    ? null
                    : "This page is for operators. Whoever runs the server makes one of a user: confab user role NAME operator";
        }
        return isHere(context)
                ? null
                : "Without users, this page is shown on the server's own machine alone. Add an operator there:"
                        + " confab user add NAME --operator";
    }

    private boolean isHere(Context context) {
        return isLoopback(clients.address(context))
                && LOCAL.contains(host(context)) // or a site whose name leads here could read it
                && OF_PROXIES.stream().allMatch(header -> context.header(header) == null);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String host(Context context) {
        String host = context.host();
        return host == null ? "" : host.replaceFirst(":\\d+$", "");
    }
}
