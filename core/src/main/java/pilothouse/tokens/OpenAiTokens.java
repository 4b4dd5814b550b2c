package pilothouse.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pilothouse.messages.Message;

/// The tokens of OpenAI's models: those of a text exactly, those of a conversation nearly, since how the servers write one is
/// not published in full. Safe for use from any thread.
public final class OpenAiTokens {
    private static final int AROUND_A_MESSAGE = 3;   // OpenAI's cookbook, "How to count tokens with tiktoken", for gpt-4 and later
    private static final int BEFORE_THE_ANSWER = 3;
    private static final Set<String> NEWER = Set.of("gpt-4o", "gpt-4.1", "gpt-4.5", "gpt-5", "chatgpt-4o", "o1", "o3", "o4");

    /// Holds the vocabularies that were asked for; each takes a second and 20 MB.
    private static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

    private final Encoding encoding;

    private OpenAiTokens(Encoding encoding) {
        this.encoding = encoding;
    }

    /// Those of the model of that name, such as `gpt-4o-mini`; empty if it is none of OpenAI's.
    public static Optional<OpenAiTokens> of(String model) {
        var name = model.substring(model.lastIndexOf('/') + 1);
        if (NEWER.stream().anyMatch(family -> name.equals(family) || name.startsWith(family + "-") || name.startsWith(family + ".")))
            return Optional.of(new OpenAiTokens(REGISTRY.getEncoding(EncodingType.O200K_BASE)));
        if (name.startsWith("gpt-oss")) return Optional.empty(); // an open model: others serve it with words of their own
        return REGISTRY.getEncodingForModel(name).map(OpenAiTokens::new);
    }

    /// Ids of `text` alone; what looks like a special token is ordinary text.
    public int[] encode(String text) {
        return encoding.encodeOrdinary(text).toArray();
    }

    public int count(String text) {
        return encoding.countTokensOrdinary(text);
    }

    /// The bytes that token `id` stands for.
    public byte[] bytes(int id) {
        var one = new IntArrayList(1);
        one.add(id);
        return encoding.decodeBytes(one);
    }

    /// What a conversation takes, the head of the answer included: an estimate.
    public TokenCount count(List<Message> messages) {
        long sum = BEFORE_THE_ANSWER;
        for (var message : messages) sum += AROUND_A_MESSAGE + count(message.role().wire()) + count(message.text());
        return new TokenCount((int) Math.min(Integer.MAX_VALUE, sum), true);
    }
}
