using Hawser.Protocols.Http;
using Hawser.Proxy.Logging;

namespace Hawser.Proxy.Streams.Http;

/// <summary>"capture request header" and "capture response header": before any rule changes them.</summary>
internal static class HttpCapture
{
    /// <param name="headers">Which ones; the last line of each counts.</param>
    /// <param name="captures">Where the values go.</param>
    public static void Headers(HttpMessage message, CapturedHeader[] headers, CaptureStore captures)
    {
        foreach (CapturedHeader header in headers)
        {
            int last = -1;
            for (int at = message.Find(header.Name); at >= 0; at = message.Find(header.Name, at + 1)) last = at;
            if (last >= 0) captures.Set(header.Slot, message.ValueOf(last));
        }
    }
}
