using Hawser.Io.Kernels;

namespace Hawser.Proxy.Checks;

/// <summary>The texts of strerror(3) in the C locale, for the errors a connection can meet.</summary>
internal static class KernelErrorText
{
    public static string Of(KernelError error) => error switch
    {
        KernelError.NotPermitted => "Operation not permitted",
        KernelError.NoSuchFile => "No such file or directory",
        KernelError.Interrupted => "Interrupted system call",
        KernelError.BadDescriptor => "Bad file descriptor",
        KernelError.WouldBlock => "Resource temporarily unavailable",
        KernelError.OutOfMemory => "Cannot allocate memory",
        KernelError.AccessDenied => "Permission denied",
        KernelError.Exists => "File exists",
        KernelError.InvalidArgument => "Invalid argument",
        KernelError.SystemFileTableFull => "Too many open files in system",
        KernelError.TooManyDescriptors => "Too many open files",
        KernelError.BrokenPipe => "Broken pipe",
        KernelError.NotASocket => "Socket operation on non-socket",
        KernelError.MessageTooLong => "Message too long",
        KernelError.ProtocolNotSupported => "Protocol not supported",
        KernelError.OperationNotSupported => "Operation not supported",
        KernelError.AddressInUse => "Address already in use",
        KernelError.AddressNotAvailable => "Cannot assign requested address",
        KernelError.NetworkUnreachable => "Network is unreachable",
        KernelError.ConnectionAborted => "Software caused connection abort",
        KernelError.ConnectionReset => "Connection reset by peer",
        KernelError.NoBufferSpace => "No buffer space available",
        KernelError.AlreadyConnected => "Transport endpoint is already connected",
        KernelError.NotConnected => "Transport endpoint is not connected",
        KernelError.TimedOut => "Connection timed out",
        KernelError.ConnectionRefused => "Connection refused",
        KernelError.HostUnreachable => "No route to host",
        KernelError.AlreadyInProgress => "Operation already in progress",
        KernelError.InProgress => "Operation now in progress",
        _ => $"Unknown error {(int)error}",
    };
}
