package pilothouse.app.prompts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.templates.Template;

/// A file whose text becomes a value.
final class TextFile {
    private TextFile() {}

    /// Blocks.
    ///
    /// @throws ProblemException if it cannot be read, is too large or is no text
    static String read(Path file) {
        try {
            if (Files.size(file) > Template.MAX_OUTPUT_CHARS)
                throw new ProblemException("The file is larger than " + (Template.MAX_OUTPUT_CHARS >> 20) + " MB", file.toString(), "A prompt cannot hold more: take a part of it");
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            if (text.indexOf(0) >= 0) throw new CharacterCodingException();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ProblemException(new Problem("This file is no text in UTF-8", file.toString(), "Save it as text in UTF-8"), e);
        } catch (IOException e) {
            throw new ProblemException(new Problem("The file cannot be read: " + e.getMessage(), file.toString(), "Check that it is there and may be read"), e);
        }
    }
}
