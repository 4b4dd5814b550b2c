/// Charts on a Canvas. They know no feature: they take times, numbers and names. Read in this order:
/// [pilothouse.app.charts.Palette] and [pilothouse.app.charts.Ink] (colours), [pilothouse.app.charts.Unit] and
/// [pilothouse.app.charts.Axis] (numbers), [pilothouse.app.charts.Line] and
/// [pilothouse.app.charts.PixelColumns] (samples and what is left of them on the screen),
/// [pilothouse.app.charts.TimeWindow] (which time several charts show together), then the charts.
package pilothouse.app.charts;
