package dev.confab.engine.hub;

import java.util.regex.Pattern;

/**
 * A file on the hub, and what the hub says of it before it is fetched.
 *
 * @param name the model that it belongs to
 * @param commit the hash of the commit
 * @param file its name in the repository
 * @param etag without quotes; the name of the blob in the cache, and its checksum where it is one
 * @param sizeBytes its length
 */
record RemoteFile(ModelName name, String commit, String file, String etag, long sizeBytes) {
    private static final Pattern VALID_ETAG = Pattern.compile("\\w[\\w.-]{0,150}");
    private static final long MAX_SIZE_BYTES = 1L << 50;

    RemoteFile {
        if (!VALID_ETAG.matcher(etag).matches()) {
            throw new HubException("the hub gives %s of '%s' the ETag '%s', expected a hexadecimal checksum"
                    .formatted(file, name, etag));
        }
        if (sizeBytes < 0 || sizeBytes > MAX_SIZE_BYTES) {
            throw new HubException("the hub gives %s of '%s' %d bytes, expected 0 to %d"
                    .formatted(file, name, sizeBytes, MAX_SIZE_BYTES));
        }
    }
}
