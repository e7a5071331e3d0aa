using System;
using System.Collections.Generic;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Control.Pages;

/// <summary>An answer whose body an iterator writes.</summary>
internal sealed class PageWork(Func<ServiceBuffer, IEnumerator<ServicePause>> write) : ServiceWork
{
    /// <summary>A line or a row was written: whoever has room for more goes on at once.</summary>
    public static readonly ServicePause Line;

    public static PageWork Of(string contentType, Func<ServiceBuffer, IEnumerator<ServicePause>> write, params ServiceField[] more) =>
        new(write) { Fields = [new("cache-control", "no-cache"), new("content-type", contentType), .. more] };

    public override IEnumerator<ServicePause> Write(ServiceBuffer output) => write(output);
}

/// <summary>An answer with a short body that is known at once, or with none.</summary>
internal sealed class TextWork(byte[] body) : ServiceWork
{
    public override IEnumerator<ServicePause> Write(ServiceBuffer output)
    {
        body.CopyTo(output.GetSpan(body.Length));
        output.Advance(body.Length);
        yield break;
    }
}
