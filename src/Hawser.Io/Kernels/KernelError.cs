namespace Hawser.Io.Kernels;

/// <summary>
/// The reasons the kernel gives for a failed call, with Linux's numbers. A <see cref="Kernel"/> method that fails
/// returns the negated number.
/// </summary>
public enum KernelError
{
    None = 0,
    NotPermitted = 1,
    NoSuchFile = 2,
    Interrupted = 4,
    BadDescriptor = 9,
    WouldBlock = 11,
    OutOfMemory = 12,
    AccessDenied = 13,
    Exists = 17,
    InvalidArgument = 22,
    SystemFileTableFull = 23,
    TooManyDescriptors = 24,
    BrokenPipe = 32,
    NotASocket = 88,
    MessageTooLong = 90,
    ProtocolNotSupported = 93,
    OperationNotSupported = 95,
    AddressInUse = 98,
    AddressNotAvailable = 99,
    NetworkUnreachable = 101,
    ConnectionAborted = 103,
    ConnectionReset = 104,
    NoBufferSpace = 105,
    AlreadyConnected = 106,
    NotConnected = 107,
    TimedOut = 110,
    ConnectionRefused = 111,
    HostUnreachable = 113,
    AlreadyInProgress = 114,
    InProgress = 115,
}
