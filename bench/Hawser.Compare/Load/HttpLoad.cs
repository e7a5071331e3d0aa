namespace Hawser.Compare.Load;

/// <summary>What a load generator saw.</summary>
/// <param name="Requests">Answered, each with a status of 2xx or 3xx.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
internal readonly record struct HttpLoad(long Requests, double Seconds, double P50, double P99);
