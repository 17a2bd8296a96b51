package dev.confab.ui.http;

import dev.confab.ui.component.InvalidValueException;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/** Uploads and downloads. */
final class FileRoutes {
    /** What a browser may show; anything else is only to be saved, lest an upload becomes a page of this server. */
    private static final Map<String, String> SHOWN = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "webp", "image/webp");

    private final UploadFolder folder;

    FileRoutes(UploadFolder folder) {
        this.folder = folder;
    }

    /** The field {@code files} of a form, any number of times. */
    void upload(Context context) throws IOException {
        List<UploadedFile> files = context.uploadedFiles("files");
        if (files.isEmpty()) {
            throw new BadRequestException("there is no file in the field 'files' of the form");
        }
        ArrayNode paths = Json.array();
        try {
            for (UploadedFile file : files) {
                try (InputStream content = file.content()) {
                    paths.add(folder.store(content, file.filename()));
                }
            }
        } catch (UploadFolder.TooLargeException e) {
            Json.sendError(context, HttpStatus.CONTENT_TOO_LARGE, String.valueOf(e.getMessage()));
            return;
        }
        Json.send(context, paths);
    }

    /** Uploads are over when they are answered, so that there is nothing to wait for. */
    void progress(Context context) throws IOException {
        new EventStream(context).data("{\"msg\":\"done\"}").flush();
    }

    void download(Context context) throws IOException {
        Path file;
        try {
            file = folder.find(context.pathParam("path"));
        } catch (InvalidValueException e) {
            throw new NotFoundResponse(String.valueOf(e.getMessage()));
        }
        String name = String.valueOf(file.getFileName());
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = SHOWN.get(extension);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        context.header(
                        "Content-Disposition",
                        (type == null ? "attachment" : "inline") + "; filename*=UTF-8''" + encoded)
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("Cache-Control", "private, max-age=3600")
                .contentType(type == null ? "application/octet-stream" : type)
                .result(Files.newInputStream(file));
    }
}
