using System;
using System.Collections.Generic;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>The live page: one file, which then listens to <see cref="DashboardEvents"/>.</summary>
internal static class Dashboard
{
    /// <summary>
    /// Nothing but this file and its own stream of events may be loaded, whatever a name in the configuration looks like.
    /// </summary>
    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'";

    public static ServiceWork Page() =>
        PageWork.Of("text/html; charset=utf-8", Write, new ServiceField("content-security-policy", Policy));

    private static IEnumerator<ServicePause> Write(ServiceBuffer output)
    {
        byte[] page = PageFiles.Dashboard;
        for (int sent = 0; sent < page.Length;)
        {
            int length = int.Min(page.Length - sent, ServiceBuffer.FullBytes);
            page.AsSpan(sent, length).CopyTo(output.GetSpan(length));
            output.Advance(length);
            sent += length;
            yield return PageWork.Line;
        }
    }
}
