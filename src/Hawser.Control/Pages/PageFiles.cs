using System.IO;
using System.Reflection;
using System.Text;

namespace Hawser.Control.Pages;

/// <summary>The files beside this one that are part of the program.</summary>
internal static class PageFiles
{
    /// <summary>The style of the classic page.</summary>
    public static string Style { get; } = Encoding.UTF8.GetString(Read("page.css"));

    /// <summary>The dashboard, whole: markup, style, script.</summary>
    public static byte[] Dashboard { get; } = Read("dashboard.html");

    private static byte[] Read(string name)
    {
        using Stream file = Assembly.GetExecutingAssembly().GetManifestResourceStream("Hawser.Control.Pages." + name)!;
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
