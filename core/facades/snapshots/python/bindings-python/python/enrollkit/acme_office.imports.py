from ._enrollkit import Erased, RawReply

