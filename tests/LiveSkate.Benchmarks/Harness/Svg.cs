using System.Globalization;
using System.Text;

namespace LiveSkate.Benchmarks.Harness;

/// <summary>Bars and lines, large enough to be read beside the text.</summary>
public static class Svg
{
    private const int Width = 760, Height = 320, Left = 64, Right = 16, Top = 40, Bottom = 56;
    private static readonly string[] Colours = ["#0b5fa5", "#c25b00", "#3a7d44", "#7a4fa3", "#8a8a8a", "#a32e2e", "#00808a"];

    public static string Draw(Chart chart)
    {
        var top = Ceiling(chart.Series.SelectMany(series => series.Values).Where(double.IsFinite).DefaultIfEmpty(1).Max());
        var svg = new StringBuilder();
        svg.AppendLine(Invariant($"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {Width} {Height}' font-family='sans-serif' font-size='12' role='img'>"));
        svg.AppendLine(Invariant($"<title>{Escape(chart.Title)}</title><rect width='{Width}' height='{Height}' fill='#fff'/><text x='{Left}' y='18' font-size='14' font-weight='bold'>{Escape(chart.Title)}, {Escape(chart.Unit)}</text>"));
        for (var i = 0; i <= 4; i++)
        {
            var y = Y(top * i / 4, top);
            svg.AppendLine(Invariant($"<line x1='{Left}' x2='{Width - Right}' y1='{y:0.#}' y2='{y:0.#}' stroke='#ddd'/><text x='{Left - 6}' y='{y + 4:0.#}' text-anchor='end'>{Report.Number(top * i / 4)}</text>"));
        }
        for (var i = 0; i < chart.X.Length; i++)
            svg.AppendLine(Invariant($"<text x='{Centre(chart, i):0.#}' y='{Height - Bottom + 16}' text-anchor='middle'>{Escape(chart.X[i])}</text>"));
        for (var s = 0; s < chart.Series.Length; s++)
        {
            var colour = Colours[s % Colours.Length];
            svg.AppendLine(chart.Lines ? Line(chart, chart.Series[s], colour, top) : Bars(chart, s, colour, top));
            svg.AppendLine(Invariant($"<rect x='{Left + s * 98}' y='{Height - 22}' width='10' height='10' fill='{colour}'/><text x='{Left + s * 98 + 14}' y='{Height - 13}' font-size='11'>{Escape(chart.Series[s].Name)}</text>"));
        }
        return svg.AppendLine("</svg>").ToString();
    }

    private static string Bars(Chart chart, int series, string colour, double top)
    {
        var group = (Width - Left - Right) / (double)chart.X.Length;
        var width = group * 0.8 / chart.Series.Length;
        var svg = new StringBuilder();
        for (var i = 0; i < chart.X.Length; i++)
        {
            if (!double.IsFinite(chart.Series[series].Values[i]))
                continue;
            var (x, y) = (Left + group * (i + 0.1) + width * series, Y(chart.Series[series].Values[i], top));
            svg.Append(Invariant($"<rect x='{x:0.#}' y='{y:0.#}' width='{width - 1:0.#}' height='{Height - Bottom - y:0.#}' fill='{colour}'/>"));
        }
        return svg.ToString();
    }

    private static string Line(Chart chart, Series series, string colour, double top)
    {
        var points = series.Values.Select((value, i) => (value, i)).Where(point => double.IsFinite(point.value)).ToList();
        var path = string.Join(' ', points.Select(point => Invariant($"{Centre(chart, point.i):0.#},{Y(point.value, top):0.#}")));
        return Invariant($"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>")
            + string.Concat(points.Select(point => Invariant($"<circle cx='{Centre(chart, point.i):0.#}' cy='{Y(point.value, top):0.#}' r='3' fill='{colour}'/>")));
    }

    private static double Centre(Chart chart, int i) => Left + (Width - Left - Right) * (i + 0.5) / chart.X.Length;

    private static double Y(double value, double top) => Height - Bottom - (Height - Bottom - Top) * Math.Clamp(value / top, 0, 1);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double Ceiling(double value)
    {
        if (value <= 0)
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * new[] { 1.0, 2, 5, 10 }.First(step => value <= step * power);
    }

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
