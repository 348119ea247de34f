namespace Ringfence.Sealing.Boxes;

/// <summary>Why something did not open.</summary>
public enum SealingFault
{
    /// <summary>The bytes are no sealed value of this format.</summary>
    Malformed,

    /// <summary>They were sealed to another key.</summary>
    OtherKey,

    /// <summary>They were changed, or moved here from another place.</summary>
    Changed,

    /// <summary>The key file asks for a passphrase, and there is none.</summary>
    PassphraseMissing,

    /// <summary>The passphrase is not the one of the key file.</summary>
    PassphraseWrong,

    /// <summary>The key file is not there or cannot be read.</summary>
    NoKey,
}
