import { boot } from "@liveskate/ui/boot";
import { Phone } from "./phone.tsx";
import "./phone.css";

boot({ app: Phone, pace: 250 });
