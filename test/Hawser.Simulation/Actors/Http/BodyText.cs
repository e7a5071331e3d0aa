using System.Globalization;
using System.Text;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Actors.Http;

/// <summary>Says a body in chunks: of odd sizes, with extensions and trailers now and then.</summary>
internal static class BodyText
{
    private const int LargeBytes = 30_000;

    /// <param name="speech">Where it is said.</param>
    /// <param name="place">Of its first byte in the noise.</param>
    /// <param name="bytes">How much of it is said.</param>
    /// <param name="chunkBytes">The longest chunk.</param>
    /// <param name="isFinished">The last chunk follows.</param>
    /// <param name="trailer">What <see cref="Trailers"/> gives; empty for none.</param>
    public static void SayChunks(Speech speech, long place, long bytes, int chunkBytes, bool isFinished, string trailer)
    {
        // A large body in tiny chunks takes long and shows nothing that a small one does not.
        if (bytes > LargeBytes)
            chunkBytes = int.Max(chunkBytes, LargeBytes);
        for (long at = 0, number = 1; at < bytes; number++)
        {
            long length = 1 + (place + at * 31) % chunkBytes;
            if (length > bytes - at)
                length = bytes - at;
            string format = number % 3 == 0 ? "X4" : "x";
            string extension = number % 5 == 0 ? ";part=\"" + number + "\"" : number % 7 == 0 ? " ;a" : "";
            Say(speech, length.ToString(format, CultureInfo.InvariantCulture) + extension + "\r\n");
            speech.SayNoise(place + at, length);
            Say(speech, "\r\n");
            at += length;
        }

        if (isFinished)
            Say(speech, "0\r\n" + trailer + "\r\n");
    }

    public static string Trailers(int number) => string.Create(CultureInfo.InvariantCulture, $"X-Sum: {number}\r\nx-end: yes\r\n");

    public static void Say(Speech speech, string text) => speech.Say(Encoding.Latin1.GetBytes(text));

    /// <summary>Whether trailers are those, as a proxy passes them on: with names in lower case; or none at all.</summary>
    public static bool IsTrailer(string text, int number, bool isExpected) =>
        isExpected ? text == Trailers(number).ToLowerInvariant() + "\r\n" : text == "\r\n";
}
