using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Hawser.Compare.Scenarios;

namespace Hawser.Compare.Reporting;

/// <summary>A growth curve as SVG: the quantity by its logarithm, CPU per request from zero.</summary>
internal static class Plot
{
    private const double Width = 640;
    private const double Height = 360;
    private const double Margin = 60;
    private static readonly string[] s_colours = ["#d1495b", "#30638e", "#66a182", "#8d6a9f"];

    public static void Write(string directory, GrowthCurve curve, string[] names, double[][] values)
    {
        double most = values.Max(static series => series.Max()) * 1.1;
        double first = Math.Log10(curve.Points[0]);
        double span = Math.Max(0.1, Math.Log10(curve.Points[^1]) - first);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        text.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"20\" font-size=\"14\">{curve.Name[7..]}: µs of CPU per request</text>\n");
        for (int line = 0; line <= 4; line++)
        {
            double y = Y(most * line / 4);
            text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Margin}\" y1=\"{y:F1}\" x2=\"{Width - 20}\" y2=\"{y:F1}\" stroke=\"#ddd\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin - 8}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{most * line / 4:F0}</text>\n");
        }

        foreach (int point in curve.Points)
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(point):F1}\" y=\"{Height - Margin + 30}\" text-anchor=\"middle\">{point}</text>\n");
        for (int i = 0; i < names.Length; i++)
        {
            string colour = s_colours[i % s_colours.Length];
            string path = string.Join(' ', curve.Points.Select((point, index) =>
                string.Create(CultureInfo.InvariantCulture, $"{X(point):F1},{Y(values[i][index]):F1}")));
            text.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            text.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - 20}\" y=\"{40 + 16 * i}\" text-anchor=\"end\" fill=\"{colour}\">{names[i]}</text>\n");
        }

        text.Append("</svg>\n");
        string name = $"{DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-{curve.Name[7..].Replace(',', ' ').Replace("  ", " ").Replace(' ', '-')}.svg";
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, name), text.ToString());

        double X(double value) => Margin + (Math.Log10(value) - first) / span * (Width - Margin - 60);

        double Y(double value) => Height - Margin - value / most * (Height - Margin - 40);
    }
}
