/* What pages gain with JavaScript. Everything works without it. */
import { fillMemberSlot } from "./member.js";
import { playOnClick } from "./video.js";

fillMemberSlot(document.querySelector("[data-member-slot]"));
document.querySelectorAll("[data-player]").forEach(playOnClick);
document.querySelector("[data-focus]")?.focus(); // where a browser has not done so by itself
