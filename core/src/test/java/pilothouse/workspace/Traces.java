package pilothouse.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Where a text is still to be found.
public final class Traces {
    private Traces() {}

    /// Files under `folder` that hold `text`, those in zip files too (`ZIP!FILE`).
    public static List<String> of(String text, Path folder) throws IOException {
        var places = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                if (holds(Files.readAllBytes(file), text)) places.add(name);
                if (name.endsWith(".zip")) entries(file, text).forEach(entry -> places.add(name + "!" + entry));
            }
        }
        return List.copyOf(places);
    }

    private static List<String> entries(Path file, String text) throws IOException {
        var places = new ArrayList<String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : Collections.list(zip.entries()))
                if (holds(zip.getInputStream(entry).readAllBytes(), text)) places.add(entry.getName());
        } catch (ZipException e) { // it was looked at as a file
            return List.of();
        }
        return places;
    }

    private static boolean holds(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }
}
