package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The format of {@code torch.save} since version 1.6: a zip of uncompressed records in one folder, {@code data.pkl} with
 * the value and {@code data/KEY} with each storage's elements.
 */
final class TorchZipFile {
    private static final String PICKLE = "data.pkl";
    private static final String STORAGES = "data/";
    private static final String BYTE_ORDER = "byteorder";
    private static final String TORCH_SCRIPT = "constants.pkl";

    private TorchZipFile() {}

    static boolean recognises(MappedFile file) {
        return file.size() >= 2
                && file.bytes().get(LittleEndian.BYTE, 0) == 'P'
                && file.bytes().get(LittleEndian.BYTE, 1) == 'K';
    }

    static TorchFile read(MappedFile file) {
        ZipDirectory zip = ZipDirectory.read(file);
        String folder = folder(file, zip);
        if (zip.names().contains(folder + TORCH_SCRIPT)) {
            throw file.fault("is a TorchScript program, not a state dict; save model.state_dict() instead");
        }
        zip.record(folder + BYTE_ORDER).ifPresent(record -> checkByteOrder(file, record));
        MemorySegment pickle = zip.record(folder + PICKLE).orElseThrow();
        long start = pickle.address() - file.bytes().address();
        Object value = Unpickler.read(new PickleInput(file, start, start + pickle.byteSize()))
                .value();
        Map<String, MemorySegment> storages = new HashMap<>();
        for (String name : zip.names()) {
            if (name.startsWith(folder + STORAGES)) {
                zip.record(name).ifPresent(bytes -> storages.put(name.substring((folder + STORAGES).length()), bytes));
            }
        }
        return new TorchFile(file, value, storages);
    }

    /** The archive's one folder, with its slash; torch names it after the file that it first wrote. */
    private static String folder(MappedFile file, ZipDirectory zip) {
        List<String> pickles = zip.names().stream()
                .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
                .toList();
        if (pickles.size() != 1) {
            throw file.fault("is a zip file with " + pickles.size() + " records FOLDER/" + PICKLE
                    + ", expected one: torch.save did not write it; if weights are inside, unpack them first");
        }
        return pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
    }

    private static void checkByteOrder(MappedFile file, MemorySegment record) {
        byte[] bytes = record.asSlice(0, Math.min(16, record.byteSize())).toArray(LittleEndian.BYTE);
        String order = new String(bytes, StandardCharsets.US_ASCII).strip();
        if (!order.equals("little")) {
            throw file.fault("has the byte order '" + order + "', expected 'little': save it on another machine");
        }
    }
}
