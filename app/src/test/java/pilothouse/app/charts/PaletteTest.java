package pilothouse.app.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import pilothouse.app.Contrast;

class PaletteTest {
    /// Linear RGB to linear RGB as seen without the red, green or blue cones: G. M. Machado, M. M. Oliveira,
    /// L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
    private static final double[][][] BLIND = {
            {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
            {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
            {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}};

    @Test
    void givenBothThemes_textsReach45AndLinesReach3() {
        for (var palette : List.of(Palette.DARK, Palette.LIGHT)) {
            assertThat(Contrast.ratio(palette.muted(), palette.ground())).isGreaterThan(Contrast.TEXT);
            assertThat(Contrast.ratio(palette.text(), palette.ground())).isGreaterThan(Contrast.TEXT);
            assertThat(Contrast.ratio(palette.muted(), palette.raised())).isGreaterThan(Contrast.TEXT);
            assertThat(Contrast.ratio(palette.text(), palette.raised())).isGreaterThan(Contrast.TEXT);
            assertThat(Contrast.ratio(palette.release(), palette.ground())).isGreaterThan(Contrast.TEXT);
            for (var ink : Ink.values()) // their names stand on the chart in their colour
                assertThat(Contrast.ratio(palette.ink(ink), palette.ground())).as("%s", ink).isGreaterThan(Contrast.TEXT);
        }
    }

    @Test
    void givenColourBlindEyes_theLinesThatStandTogetherStayApart() {
        for (var palette : List.of(Palette.DARK, Palette.LIGHT))
            for (var eyes : BLIND)
                for (var group : List.of(List.of(Ink.P50, Ink.P95, Ink.P99), List.of(Ink.A, Ink.B), List.of(Ink.P95, Ink.TOKENS)))
                    for (var one : group)
                        for (var other : group)
                            if (one != other)
                                assertThat(apart(seen(palette.ink(one), eyes), seen(palette.ink(other), eyes)))
                                        .as("%s and %s in %s", one, other, palette == Palette.DARK ? "dark" : "light").isGreaterThan(0.1);
    }

    @Test
    void givenTheHeatRamp_emptyIsToldFromAlmostEmptyAndItEndsAtTheMost() {
        for (var palette : List.of(Palette.DARK, Palette.LIGHT)) {
            assertThat(palette.heat(0)).isEqualTo(palette.heat().getFirst());
            assertThat(apart(lab(palette.heat(0)), lab(palette.heat(0.001)))).isGreaterThan(0.02);
            assertThat(palette.heat(1)).isEqualTo(palette.heat().getLast());
        }
    }

    private static double[] seen(Color colour, double[][] eyes) {
        var linear = new double[] {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
        var result = new double[3];
        for (int i = 0; i < 3; i++)
            result[i] = Math.clamp(eyes[i][0] * linear[0] + eyes[i][1] * linear[1] + eyes[i][2] * linear[2], 0, 1);
        return oklab(result);
    }

    private static double[] lab(Color colour) {
        return oklab(new double[] {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())});
    }

    /// B. Ottosson, "A perceptual color space for image processing", 2020: distances are about equal to the eye.
    private static double[] oklab(double[] rgb) {
        var l = Math.cbrt(0.4122214708 * rgb[0] + 0.5363325363 * rgb[1] + 0.0514459929 * rgb[2]);
        var m = Math.cbrt(0.2119034982 * rgb[0] + 0.6806995451 * rgb[1] + 0.1073969566 * rgb[2]);
        var s = Math.cbrt(0.0883024619 * rgb[0] + 0.2817188376 * rgb[1] + 0.6299787005 * rgb[2]);
        return new double[] {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
    }

    private static double apart(double[] one, double[] other) {
        return Math.sqrt(Math.pow(one[0] - other[0], 2) + Math.pow(one[1] - other[1], 2) + Math.pow(one[2] - other[2], 2));
    }

    private static double linear(double channel) {
        return channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}
