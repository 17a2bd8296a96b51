package dev.confab.ui.http;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What makes the page an app that systems install: its description and pictures; and the pictures of who speaks. */
final class AppRoutes {
    /** The background of {@code page.css}, until the page is there. */
    private static final String BACKGROUND = "#faf9f6";

    private final PageDefinition page;

    AppRoutes(PageDefinition page) {
        this.page = page;
    }

    void manifest(Context context) {
        String title = page.look().title();
        String name = title.isEmpty() ? page.endpoint().name() : title;
        ObjectNode manifest = Json.object()
                .put("id", page.network().rootPath() + "/")
                .put("name", name)
                .put("short_name", name)
                .put("start_url", ".")
                .put("scope", ".")
                .put("display", "standalone")
                .put("background_color", BACKGROUND)
                .put("theme_color", BACKGROUND);
        ArrayNode icons = manifest.putArray("icons");
        if (page.look().favicon() == null) {
            addIcon(icons, "page/icon-192.png", "192x192", "any");
            addIcon(icons, "page/icon-512.png", "512x512", "any");
            addIcon(icons, "page/icon-512.png", "512x512", "maskable");
        }
        addIcon(icons, "favicon.ico", "any", "any");
        Json.send(context, manifest);
        context.contentType("application/manifest+json");
    }

    private static void addIcon(ArrayNode icons, String source, String sizes, String purpose) {
        ObjectNode icon = icons.addObject().put("src", source).put("sizes", sizes);
        String type = MediaTypes.of(source);
        if (!sizes.equals("any")) {
            icon.put("type", type);
        }
        icon.put("purpose", purpose);
    }

    void favicon(Context context) throws IOException {
        Path own = page.look().favicon();
        if (own == null) {
            send(context, "favicon.svg", PageFiles.bytes("favicon.svg"));
        } else {
            send(context, own);
        }
    }

    void avatar(Context context) throws IOException {
        Path picture = page.chat().avatars().get(context.pathParam("role"));
        if (picture == null) {
            throw new NotFoundResponse("there is no picture");
        }
        send(context, picture);
    }

    private static void send(Context context, Path file) throws IOException {
        send(context, String.valueOf(file.getFileName()), Files.readAllBytes(file));
    }

    private static void send(Context context, String name, byte @Nullable [] content) {
        String type = MediaTypes.of(name);
        if (content == null || type == null) {
            throw new NotFoundResponse("there is no picture");
        }
        context.header("Cache-Control", "max-age=3600").contentType(type).result(content);
    }
}
