using System;

namespace Hawser.EndToEnd.Peers;

public sealed class PatienceException(string message) : Exception(message);
