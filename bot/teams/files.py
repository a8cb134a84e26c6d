"""Documents on their way to a person: offered with Teams' own consent card, put in OneDrive, and shown where they are.

In local mode there is no OneDrive, so a link to the bot's own pages is given instead.
"""

from bot.teams.inbound import Caller, FileAnswered
from bot.teams.replies import ReplyPost, sentence_message
from bot.teams.uploads import Uploaded, Uploads
from cards.letter_offer import consent_attachment, file_attachment
from cards.texts import Texts
from dialogs.turn import Document, FileOffer


class FilePost:
    """Offers documents and hands them over. What fails is said; the text it was made from is still in the chat."""

    def __init__(self, *, replies: ReplyPost, uploads: Uploads, is_local: bool) -> None:
        self._replies = replies
        self._uploads = uploads
        self._is_local = is_local

    async def offer(self, caller: Caller, offers: tuple[FileOffer, ...], texts: Texts, *, own_address: str) -> None:
        """Ask whether each document may be put in the person's OneDrive."""
        for offer in offers:
            if self._is_local:
                link = f"{own_address}{offer.path}"
                message = sentence_message(texts("seam.file_link", name=offer.file_name, link=link))
            elif not caller.is_personal:
                message = sentence_message(texts("seam.file_personal_only"))  # Teams has no consent card elsewhere
            else:
                message = {"type": "message", "attachments": [_consent(offer, texts)]}
            await self._replies.post(caller, message)

    async def hand_over(self, answered: FileAnswered, document: Document, texts: Texts) -> None:
        """Put the document where its reader wants it, and show it in the place of the question."""
        upload = answered.upload
        outcome = await self._uploads.put(upload.address, document.content) if upload else Uploaded.REFUSED
        if upload is None or outcome is not Uploaded.DONE:
            await self._replies.post(answered.caller, sentence_message(texts(f"seam.file_{outcome.value}")))
            return
        shown = file_attachment(
            file_name=upload.name or document.file_name,
            unique_id=upload.unique_id,
            url=upload.content_url,
            file_type=upload.file_type,
        )
        message = {"type": "message", "attachments": [shown]}
        asked_in = answered.reply_to_id
        if asked_in and await self._replies.put_in_place(answered.caller, asked_in, message):
            return
        await self._replies.post(answered.caller, message)


def _consent(offer: FileOffer, texts: Texts) -> dict[str, object]:
    return consent_attachment(
        file_name=offer.file_name,
        size_bytes=offer.size_bytes,
        subject=offer.subject,
        verbs=offer.verbs,
        why=texts("seam.file_why"),
    )
