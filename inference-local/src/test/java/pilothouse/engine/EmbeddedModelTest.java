package pilothouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The real model against the reference, by the reference's own rules.
class EmbeddedModelTest {
    @Test
    void givenFp32_itIsTheReference() {
        try (var model = EmbeddedModel.load(Precision.FP32)) {
            for (var reference : ReferenceVectors.load())
                assertThat(ReferenceVectors.continuation(model, reference)).as(reference.name()).isEqualTo(reference.ids());
            var distance = ReferenceVectors.teacherForced(model);
            assertThat(distance.worst()).isLessThan(1e-3);
            assertThat(distance.flips()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INT4", "BF16"})
    void givenFewerBits_itStaysWithinTheMargins(Precision precision) {
        try (var model = EmbeddedModel.load(precision)) {
            var distance = ReferenceVectors.teacherForced(model);
            assertThat(distance.flips()).isEmpty();
            assertThat(distance.worst()).isLessThan(0.45);
            assertThat(distance.mean()).isLessThan(0.08);
            for (var reference : ReferenceVectors.load())
                if (reference.robust())
                    assertThat(ReferenceVectors.continuation(model, reference)).as(reference.name()).isEqualTo(reference.ids());
        }
    }
}
