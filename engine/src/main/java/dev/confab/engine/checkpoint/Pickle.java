package dev.confab.engine.checkpoint;

import java.util.Map;

/**
 * One pickle that was read.
 *
 * @param value its value, of the kinds that {@link PickledValue} lists
 * @param storages every storage that it refers to, by key
 * @param end the byte of the file after its STOP
 */
record Pickle(Object value, Map<String, PickledValue.Storage> storages, long end) {}
