"""The words before an e-mail address, a phone number or a name, in the portal's languages."""

from __future__ import annotations

import re

from orders.lookup.find.ids.labels import CUSTOMER, NUMBER

_EMAIL = (
    r"(?:e-?mail|mail)(?:[\s-]?(?:address|adresse))?|(?:adresse|endereço\s+de|correo)\s+(?:e-?mail|electr[óo]nico)|correo|"
    r"courriel|(?:ال)?بريد(?:\s+(?:ال)?[إا]لكتروني)?|[إا]يميل"
)
_PHONE = (
    r"(?:tele)?phone|(?:mobile|cell)(?:\s?phone)?|tel|fone?|telefon|mobil(?:telefon)?|handy|rufnummer|"
    r"(?:telefon|mobil|handy)-?(?:nummer|nr)|tel[ée]fono|m[óo]vil|celular|t[ée]l[ée]phone|t[ée]l|portable|"
    r"telefone|telem[óo]vel|whatsapp|(?:ال)?(?:هاتف|جوال|موبايل|محمول)"
)
_NAME = (
    rf"(?:full|first\s+and\s+last|customer|client)?[\s_-]?name|(?:kunden|vor-\s?und\s+nach)?name|"
    rf"nombre(?:\s+(?:completo|del?\s+(?:la\s+)?cliente))?|nom(?:\s+(?:complet|d[ue]\s+client))?|"
    rf"nome(?:\s+(?:completo|d[oa]\s+cliente))?|(?:ال)?اسم(?:\s+(?:{CUSTOMER}))?"
)
_IS = r"is|ist|lautet|es|est|é|هو"
_MARK = r"[:=]+>?"

LABEL = re.compile(
    rf"(?<![\w@.-])(?:(?P<email>{_EMAIL})|(?P<phone>{_PHONE})|(?P<name>{_NAME}))"
    rf"(?:[\s_-]?(?:{NUMBER}))?(?:\.(?!\w))?[\"'*_\])]*(?:\s*(?P<mark>{_MARK})|\s+(?P<is>{_IS})(?=\s)|(?=\s)|$)[\s\"'*_(\[]*",
    re.IGNORECASE,
)
"""The name of a value in a text, up to the value."""

INTRODUCTION = re.compile(
    r"(?:hello|hi|hey|dear|good\s+(?:morning|afternoon|evening)|hallo|guten\s+(?:tag|morgen|abend)|sehr\s+geehrter?|liebe[rs]?|"
    r"hola|buen[oa]s\s+(?:d[íi]as|tardes|noches)|estimad[oa]|bonjour|bonsoir|ch[èe]re?|ol[áa]|oi|bo[ma]\s+(?:dia|tarde|noite)|"
    r"prezad[oa]|مرحبا|أهلا|السلام\s+عليكم|عزيزي|عزيزتي|"
    r"this\s+is|my\s+name\s+is|i\s+am|i'm|(?:mein|der)\s+name\s+ist|ich\s+(?:hei(?:ß|ss)e|bin)|me\s+llamo|mi\s+nombre\s+es|soy|"
    r"je\s+m'appelle|je\s+suis|mon\s+nom\s+est|(?:o\s+)?meu\s+nome\s+[ée]|(?:eu\s+)?me\s+chamo|eu\s+sou|sou|اسمي|أنا|"
    r"mrs?|ms|miss|dra?|herrn?|frau|se[ñn]or(?:a|ita)?|sra?|mme|mlle|madame|mademoiselle|monsieur|senhora?|السيدة?|الآنسة|"
    rf"(?:the\s+|der\s+|die\s+|el\s+|la\s+|le\s+|o\s+|a\s+)?(?:{CUSTOMER})|{_NAME})"
    rf"(?:\s*(?:{_MARK}|[.,!-]+)\s*|\s+|$)",
    re.IGNORECASE,
)
"""A greeting, a title, or a word such as "name" at the start of a line, before the name itself."""
