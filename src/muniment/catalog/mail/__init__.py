"""E-mail of the case: messages, conversations, people, and what was attached to what."""

from muniment.catalog.mail.carriers import Carrier, SentBy, Step, carriers, senders_of
from muniment.catalog.mail.dates import instant_of, shown, stamp_of
from muniment.catalog.mail.headers import MAPI_TYPES, MESSAGE_TYPES, Message, message_of
from muniment.catalog.mail.listing import (
    COUNTED,
    ConversationPage,
    ConversationRow,
    MailQuery,
    MailState,
    MessagePage,
    MessageRow,
    Order,
    conversations_listed,
    mail_state,
    messages,
)
from muniment.catalog.mail.people import (
    Correspondence,
    PeoplePage,
    PersonRow,
    PersonView,
    people,
    person_view,
)
from muniment.catalog.mail.quoting import Stretch, stretches
from muniment.catalog.mail.reading import Body, Header, MessageText, Paragraph, message_text
from muniment.catalog.mail.stage import bring_mail_up_to_date
from muniment.catalog.mail.viewing import (
    FileView,
    MessageView,
    ThreadRow,
    ThreadView,
    message_view,
    thread_view,
)

__all__ = [
    "COUNTED",
    "MAPI_TYPES",
    "MESSAGE_TYPES",
    "Body",
    "Carrier",
    "ConversationPage",
    "ConversationRow",
    "Correspondence",
    "FileView",
    "Header",
    "MailQuery",
    "MailState",
    "Message",
    "MessagePage",
    "MessageRow",
    "MessageText",
    "MessageView",
    "Order",
    "Paragraph",
    "PeoplePage",
    "PersonRow",
    "PersonView",
    "SentBy",
    "Step",
    "Stretch",
    "ThreadRow",
    "ThreadView",
    "bring_mail_up_to_date",
    "carriers",
    "conversations_listed",
    "instant_of",
    "mail_state",
    "message_of",
    "message_text",
    "message_view",
    "messages",
    "people",
    "person_view",
    "senders_of",
    "shown",
    "stamp_of",
    "stretches",
    "thread_view",
]
