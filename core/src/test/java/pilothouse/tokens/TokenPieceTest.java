package pilothouse.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenPieceTest {
    @Test
    void givenAConversation_everyPieceIsWhereItStands() {
        var tokenizer = EmbeddedVocabulary.tokenizer();
        var text = "<|im_start|>user\nHello 👩🏽, 你好<|im_end|>\n";
        var ids = tokenizer.encode(text, Specials.PARSED);
        var pieces = TokenPiece.of(text, ids, tokenizer::bytes, id -> tokenizer.decode(new int[] {id}, Specials.AS_TEXT));
        assertThat(pieces).hasSameSizeAs(ids);
        assertThat(pieces.getFirst()).isEqualTo(new TokenPiece(ids[0], 0, 12, true, ""));
        assertThat(text.substring(pieces.get(3).start(), pieces.get(3).end())).isEqualTo("Hello");
        assertThat(pieces.get(3).bytes()).isEqualTo("48 65 6c 6c 6f");
        assertThat(pieces.stream().filter(TokenPiece::control).toList().getLast().end()).isEqualTo(text.length() - 1);
    }

    @Test
    void givenDifficultTexts_thePiecesFollowEachOtherToTheEnd() {
        var tokenizer = EmbeddedVocabulary.tokenizer();
        for (long seed = 0; seed < 200; seed++) {
            var text = RandomText.of(new SplittableRandom(seed), 60) + "end";
            int at = 0;
            for (var piece : TokenPiece.of(text, tokenizer.encode(text, Specials.AS_TEXT), tokenizer::bytes, _ -> "")) {
                assertThat(piece.start()).as("seed %d", seed).isGreaterThanOrEqualTo(at);
                assertThat(piece.end()).as("seed %d", seed).isGreaterThanOrEqualTo(piece.start());
                at = piece.end();
            }
            assertThat(at).as("seed %d", seed).isEqualTo(text.length());
        }
    }
}
