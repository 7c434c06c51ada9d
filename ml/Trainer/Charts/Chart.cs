using System.Globalization;
using System.Security;
using System.Text;

namespace OpinionPipeline.Trainer.Charts;

/// <summary>One axis: its name, the values at its ends, and where it is marked with what.</summary>
internal sealed record Axis(
    string Name,
    double Low,
    double High,
    IReadOnlyList<(double At, string Text)> Ticks
);

/// <summary>A line through points. A point's note is shown beneath it.</summary>
internal sealed record Series(
    string Name,
    string Colour,
    IReadOnlyList<(double X, double Y, string Note)> Points
)
{
    /// <summary>Drawn broken and without dots: what the others are compared with.</summary>
    public bool IsGuide { get; init; }
}

/// <summary>Draws lines over two axes as an SVG picture of a fixed size, readable on light and on dark pages.</summary>
internal static class Chart
{
    private const int Width = 640;
    private const int Height = 400;
    private const int Left = 60;
    private const int Right = 30;
    private const int Legend = 170;
    private const int Top = 40;
    private const int Bottom = 50;

    public static string Svg(string title, Axis x, Axis y, IReadOnlyList<Series> series)
    {
        var svg = new StringBuilder();
        // The page is white whatever the reader's theme: the colours are chosen for it.
        Line(
            svg,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12" fill="#333">"""
        );
        Line(svg, $"""<rect width="{Width}" height="{Height}" fill="#fff"/>""");
        Line(svg, $"""<text x="{Left}" y="22" font-size="15">{Escape(title)}</text>""");
        foreach (var (at, text) in y.Ticks)
        {
            Line(
                svg,
                $"""<path d="M{Left} {Y(at)}H{Width - Right}" stroke="#ddd"/><text x="{Left - 6}" y="{Y(at) + 4:0.0}" text-anchor="end">{Escape(text)}</text>"""
            );
        }
        foreach (var (at, text) in x.Ticks)
            Line(
                svg,
                $"""<text x="{X(at)}" y="{Height - Bottom + 18}" text-anchor="middle">{Escape(text)}</text>"""
            );
        Line(
            svg,
            $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">{Escape(x.Name)}</text>"""
        );
        Line(
            svg,
            $"""<text transform="translate(16 {(Top + Height - Bottom) / 2}) rotate(-90)" text-anchor="middle">{Escape(y.Name)}</text>"""
        );
        foreach (var line in series)
            Draw(line);
        foreach (var (i, line) in series.Where(l => l.Name.Length > 0).Index())
            Line(
                svg,
                $"""<text x="{Width - Right - Legend}" y="{Height - Bottom - 14 - 18 * i}" fill="{line.Colour}">— {Escape(line.Name)}</text>"""
            );
        Line(svg, $"</svg>");
        return svg.ToString();

        void Draw(Series line)
        {
            var path = string.Join(
                'L',
                line.Points.Select(p => string.Create(Invariant, $"{X(p.X)} {Y(p.Y)}"))
            );
            var dash = line.IsGuide ? " stroke-dasharray=\"5 4\"" : "";
            Line(
                svg,
                $"""<path d="M{path}" fill="none" stroke="{line.Colour}" stroke-width="2"{dash}/>"""
            );
            foreach (var (px, py, note) in line.IsGuide ? [] : line.Points)
            {
                Line(svg, $"""<circle cx="{X(px)}" cy="{Y(py)}" r="3.5" fill="{line.Colour}"/>""");
                if (note.Length > 0)
                    Line(
                        svg,
                        $"""<text x="{X(px)}" y="{Y(py) + 16:0.0}" text-anchor="middle" font-size="10">{Escape(note)}</text>"""
                    );
            }
        }

        double X(double at) =>
            Math.Round(Left + (at - x.Low) / (x.High - x.Low) * (Width - Left - Right), 1);
        double Y(double at) =>
            Math.Round(
                Height - Bottom - (at - y.Low) / (y.High - y.Low) * (Height - Top - Bottom),
                1
            );
    }

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private static void Line(StringBuilder svg, FormattableString text) =>
        svg.Append(text.ToString(Invariant)).Append('\n');

    private static string Escape(string text) => SecurityElement.Escape(text);
}
