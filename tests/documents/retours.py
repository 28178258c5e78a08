"""Reports of mail servers as they arrive (RFC 3464), written for the tests."""

ENTETES = (
    "Message-ID: {reference}\r\nFrom: sst@exemple.nc\r\nTo: {adresse}\r\nSubject: Un message\r\n"
    "Date: Tue, 24 Nov 2026 09:00:00 +1100\r\n"
)


def report(*, adresse, reference, action="failed", status="5.1.1", a="sst@exemple.nc", entier=False):
    """A report of Postfix about one recipient: headers alone, or the whole message."""
    rendu = ENTETES.format(reference=reference, adresse=adresse)
    genre, corps = ("message/rfc822", f"{rendu}\r\nTexte\r\n") if entier else ("text/rfc822-headers", rendu)
    return (
        f"Return-Path: <>\r\nTo: {a}\r\nFrom: MAILER-DAEMON@mx.exemple.nc\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="LIMITE"\r\n\r\n'
        "--LIMITE\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nI'm sorry.\r\n\r\n"
        "--LIMITE\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.exemple.nc\r\nArrival-Date: Tue, 24 Nov 2026 09:00:01 +1100\r\n\r\n"
        f"Final-Recipient: rfc822; {adresse}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n\r\n"
        f"--LIMITE\r\nContent-Type: {genre}\r\n\r\n{corps}\r\n--LIMITE--\r\n"
    ).encode()


def away(*, reference, a="sst@exemple.nc"):
    """An answer that says that somebody is away: it quotes the reference, and is no report."""
    return (
        f"To: {a}\r\nFrom: a0@exemple.nc\r\nSubject: Absence du bureau\r\nAuto-Submitted: auto-replied\r\n"
        f"In-Reply-To: {reference}\r\nReferences: {reference}\r\nContent-Type: text/plain\r\n\r\n"
        "Je suis en congé. Action: failed Status: 5.1.1\r\n"
    ).encode()


def receipt(*, adresse, reference):
    """A reading receipt: multipart/report too, of another kind."""
    lettre = report(adresse=adresse, reference=reference)
    return lettre.replace(b"report-type=delivery-status", b"report-type=disposition-notification").replace(
        b"message/delivery-status", b"message/disposition-notification"
    )
