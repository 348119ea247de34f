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

    /// <summary>The key file asks for a key that lies in a keyring, and there is none.</summary>
    KeyringKeyMissing,

    /// <summary>The key of the keyring is not the one of the key file.</summary>
    KeyringKeyWrong,

    /// <summary>The key file is not there or cannot be read.</summary>
    NoKey,
}
