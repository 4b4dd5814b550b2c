package pilothouse.app;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/// Pictures of scenes, into `target/screens`, and the toolkit's thread for tests.
public final class Screens {
    private static final Path FOLDER = Path.of("target", "screens");

    private Screens() {}

    /// Runs `work` on the FX thread and waits for its result.
    public static <T> T onFx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(60_000, work);
    }

    /// Runs `work` on the FX thread and waits for it.
    public static void onFx(Runnable work) {
        onFx(() -> {
            work.run();
            return null;
        });
    }

    /// Waits until `pulses` further pulses were laid out and painted.
    public static void pulses(int pulses) {
        var done = new CountDownLatch(1);
        Platform.runLater(() -> new AnimationTimer() {
            private final AtomicInteger left = new AtomicInteger(pulses);

            @Override
            public void handle(long now) {
                Platform.requestNextPulse();
                if (left.decrementAndGet() >= 0) return;
                stop();
                done.countDown();
            }
        }.start());
        try {
            if (!done.await(60, TimeUnit.SECONDS)) throw new AssertionError(new TimeoutException("no pulse for 60 s"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A picture of the scene as it is after three pulses.
    public static WritableImage picture(Scene scene) {
        pulses(3);
        return onFx(() -> scene.snapshot(null));
    }

    /// Writes a picture of the scene to `target/screens/NAME.png`.
    public static Path shoot(Scene scene, String name) {
        return write(picture(scene), name);
    }

    /// Writes it to `target/screens/NAME.png`, and in few colours to `file`.
    public static void shoot(Scene scene, String name, Path file) {
        var image = picture(scene);
        write(image, name);
        try {
            SmallPng.write(pixels(image), (int) image.getWidth(), (int) image.getHeight(), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Row-major [height, width], ARGB.
    private static int[] pixels(WritableImage image) {
        var width = (int) image.getWidth();
        var height = (int) image.getHeight();
        var pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return pixels;
    }

    static Path write(WritableImage image, String name) {
        var width = (int) image.getWidth();
        var height = (int) image.getHeight();
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, width, height, pixels(image), 0, width);
        try {
            var file = FOLDER.resolve(name + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(picture, "png", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
