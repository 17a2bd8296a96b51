package dev.confab.ui;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running page for things. */
final class Browser implements AutoCloseable {
    static {
        // so that tests can say where a request comes from
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin");
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI root;

    Browser(RunningPage page) {
        root = page.url();
    }

    /** One that goes around the path that a proxy would show the page under. */
    Browser(int port, String path) {
        root = URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest request = request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest request = request(path, headers)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> options(String path, String... headers) throws IOException, InterruptedException {
        return client.send(
                request(path, headers)
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> login(String user, String password) throws IOException, InterruptedException {
        HttpRequest request = request("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + user + "&password=" + password))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> upload(String name, String content, String... headers)
            throws IOException, InterruptedException {
        String form = "--line\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                + "\"\r\nContent-Type: text/plain\r\n\r\n" + content + "\r\n--line--\r\n";
        HttpRequest request = request("/gradio_api/upload", headers)
                .header("Content-Type", "multipart/form-data; boundary=line")
                .POST(BodyPublishers.ofString(form))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** An answer that is read while it comes; closing it is leaving the page. */
    InputStream open(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest request = request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return client.send(request, BodyHandlers.ofInputStream()).body();
    }

    JsonNode getJson(String path, String... headers) throws IOException, InterruptedException {
        return json(get(path, headers));
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The messages of a stream of server-sent events. */
    static List<JsonNode> messages(String stream) {
        List<JsonNode> messages = new ArrayList<>();
        Arrays.stream(stream.split("\n"))
                .filter(line -> line.startsWith("data: "))
                .forEach(line -> messages.add(JsonMapper.shared().readTree(line.substring("data: ".length()))));
        return messages;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(root + path));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
