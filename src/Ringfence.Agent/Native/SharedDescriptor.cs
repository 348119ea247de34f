namespace Ringfence.Agent.Native;

/// <summary>A descriptor that several threads use. It is closed when the last of them has let go of it: the kernel gives the number of a closed one to whatever is opened next, and nobody may write there.</summary>
/// <param name="number">The descriptor, or -1 for none. Whoever makes this is its first user.</param>
internal sealed class SharedDescriptor(int number)
{
    private readonly Lock _lock = new();
    private int _users = 1;

    /// <summary>The descriptor. Only users may ask.</summary>
    public int Number => number;

    /// <summary>Becomes one of its users.</summary>
    /// <returns>Whether it is still there; who is told no must not use it, and does not let go of it.</returns>
    public bool TryUse()
    {
        lock (_lock)
        {
            if (number < 0 || _users == 0)
                return false;
            _users++;
            return true;
        }
    }

    /// <summary>Says that one of its users does not use it any more.</summary>
    public void LetGo()
    {
        lock (_lock)
        {
            if (--_users == 0 && number >= 0)
                _ = Libc.Close(number);
        }
    }
}
