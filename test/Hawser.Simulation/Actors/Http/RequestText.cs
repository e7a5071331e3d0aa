using System.Globalization;
using System.Text;
using Hawser.Simulation.Networks;

namespace Hawser.Simulation.Actors.Http;

/// <summary>Writes requests.</summary>
internal static class RequestText
{
    public static byte[] Head(Inquiry inquiry)
    {
        StringBuilder text = new();
        string path = inquiry.Path?.Prefix ?? "/";
        string target = inquiry.Method == "CONNECT" ? "host.example:443" : string.Create(CultureInfo.InvariantCulture, $"{path}x{inquiry.Id}?q={inquiry.Id % 7}");
        text.Append(inquiry.Method).Append(' ').Append(target).Append(inquiry.IsOldVersion ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
        text.Append(inquiry.Method == "CONNECT" ? "Host: host.example:443\r\n" : "Host: host.example\r\n");
        text.Append(CultureInfo.InvariantCulture, $"X-Id: {inquiry.Id}\r\n");
        if (inquiry.Id % 3 == 0)
            text.Append("Accept: */*\r\nCookie: a=b; c=d\r\nUser-Agent: actor\r\n");
        if (inquiry.WantsClose)
            text.Append("Connection: close\r\n");
        else if (inquiry.WantsTunnel && inquiry.Method != "CONNECT")
            text.Append("Connection: Upgrade\r\nUpgrade: bytes\r\n");
        else if (inquiry.IsOldVersion)
            text.Append("Connection: keep-alive\r\n");
        if (inquiry.ExpectsContinue)
            text.Append("Expect: 100-continue\r\n");
        if (inquiry.Ending == BodyEnding.Length)
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {inquiry.BodyBytes}\r\n");
        else if (inquiry.Ending == BodyEnding.Chunks)
            text.Append("Transfer-Encoding: chunked\r\n");
        return Encoding.Latin1.GetBytes(text.Append("\r\n").ToString());
    }

    public static void SayBody(Speech speech, Inquiry inquiry)
    {
        if (inquiry.Ending == BodyEnding.Length)
            speech.SayNoise(inquiry.Place, inquiry.BodyBytes);
        else if (inquiry.Ending == BodyEnding.Chunks)
            BodyText.SayChunks(speech, inquiry.Place, inquiry.BodyBytes, ChunkBytes(inquiry.Id), isFinished: true, inquiry.HasTrailers ? BodyText.Trailers(inquiry.Id) : "");
        inquiry.End = speech.Length;
    }

    private static int ChunkBytes(int id) => (id % 4) switch { 0 => 7, 1 => 100, 2 => 3000, _ => 20_000 };
}
